"""What cannot be done, whole or in part: which parts have to be reported, and what is done all the same."""

from language.stage import Row
from nemovideo_mcp.timeline.operations import RemoveClips, SetCanvas, SetLook, SetTotalLength

WHOLE = (
    "remove the background of photo 2", "sing my name", "add a voice-over", "remove the cat from photo 3",
    "generate an image of a beach", "make the people dance", "translate the title to French", "upscale the photos",
    "add auto captions", "animate the photo of my grandma", "make it 0 seconds", "delete photo 12", "show photo 9 for 5 seconds",
    "sort the photos by date", "crossfades or cuts", "don't make it 30 seconds", "make it longer than 20 seconds but not too long",
    "delete the photo with the dog", "delete the blurry photo of grandpa", "zoom in on the dog", "use music like hans zimmer",
    "if it is too long make it 20 seconds", "add a watermark", "add my logo in the corner", "rotate photo 2",
    "mirror photo 3", "add snow effect", "put a sticker on photo 1", "what can you do?", "how long is the video",
    "make the sky blue", "make my hair red", "make the dog bigger", "make photo 2 vertical", "swap photo 2", "move photos 2 and 3",
    "replace photo 2 with a better one", "add subtitles", "delete all photos", "split photo 9", "make the music purple",
    "at most 30 seconds", "blah blah blah", "asdfgh", "make it nice but not black and white", "photo 2 but without the person",
    "make the second sunset photo darker", "unless it is vertical make it square", "remove the dust from photo 2",
    "添加配音", "去掉第2张的背景", "让人物跳舞", "删除有狗的照片", "不要做成30秒", "加水印", "翻译标题", "第九张显示5秒", "视频多长",
    "按拍摄时间排序", "让天空变蓝", "把狗放大", "生成一张海边的图片", "交换第2张", "旋转第2张",
    "undo the crossfades", "sync up with the band", "5 sec per photo except the first which is 10 sec",
)  # fmt: skip

ROWS: list[Row] = [
    *(Row(said, (), (said[:4],)) for said in WHOLE),
    Row("make it 30 seconds and remove the background", (SetTotalLength(seconds=30),), ("remove the background",)),
    Row("delete photo 2 and sing my name", (RemoveClips(clips=[2]),), ("sing my name",)),
    Row("make it vertical and add my logo", (SetCanvas(ratio="9:16"),), ("add my logo",)),
    Row("black and white, then frobnicate it", (SetLook(filter="black_white"),), ("frobnicate",)),
    Row("make it 20 seconds, add a voice-over", (SetTotalLength(seconds=20),), ("voice-over",)),
    Row("delete photo 2 and delete photo 9", (RemoveClips(clips=[2]),), ("delete photo 9",)),
    Row("make it square and export it", (SetCanvas(ratio="1:1"),), ("export it",)),
    Row("做成30秒，加一只跳舞的猫", (SetTotalLength(seconds=30),), ("跳舞",)),
    Row("竖屏，去掉背景", (SetCanvas(ratio="9:16"),), ("去掉背景",)),
    Row("删除第2张，加水印", (RemoveClips(clips=[2]),), ("加水印",)),
]
