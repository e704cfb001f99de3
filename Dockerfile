# docker build -t nemovideo-mcp .
#
# stdio, as a host starts it (photos are read where they are mounted):
#   docker run -i --rm -v nemovideo:/data -v "$HOME/Videos:/videos" -v "$HOME/Pictures:/photos:ro" nemovideo-mcp
# HTTP, on this machine only (the server listens on loopback, so it shares the host's network):
#   docker run --rm --network host -v nemovideo:/data -v "$HOME/Videos:/videos" nemovideo-mcp serve --http
# HTTP for others, who each need a token (it is shown once); a proxy with TLS stands before it:
#   docker run --rm -v nemovideo:/data nemovideo-mcp token anna --token-file /data/tokens
#   docker run --rm -p 127.0.0.1:8765:8765 -v nemovideo:/data -v "$HOME/Videos:/videos" nemovideo-mcp \
#     serve --http --host 0.0.0.0 --token-file /data/tokens --public-url https://films.example.com
#
# A mounted folder for films must be writable for user 1000: add --user "$(id -u):$(id -g)" if yours is not.

FROM python:3.12-slim AS build
WORKDIR /build
RUN python -m venv /opt/nemovideo
COPY pyproject.toml README.md LICENSE ./
COPY src ./src
RUN /opt/nemovideo/bin/pip install --no-cache-dir --disable-pip-version-check .

# All native parts (FFmpeg, OpenCV, libheif) come inside wheels: nothing to install from the distribution.
FROM python:3.12-slim
RUN useradd --create-home --uid 1000 nemovideo \
    && install --directory --owner nemovideo --group nemovideo --mode 1777 /data /videos
COPY --from=build /opt/nemovideo /opt/nemovideo
ENV PATH=/opt/nemovideo/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    NEMO_DATA_DIR=/data \
    NEMO_OUTPUT_DIR=/videos
VOLUME ["/data", "/videos"]
USER nemovideo
WORKDIR /home/nemovideo
ENTRYPOINT ["nemovideo-mcp"]
