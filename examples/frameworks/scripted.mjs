// What a model would do, without a model: scripted.py in JavaScript, where it is explained.

export const WISH = "a 6-second film, 320x180, smooth transitions, the title 'Autumn' for the first 2 seconds";

/** The next call after these answers, oldest first, or in the end the last words; throws when an answer has not what is needed. */
export function nextStep(photos, answers) {
  const last = answers.at(-1);
  if (last === undefined) return { name: "upload_images", arguments: { paths: [photos], project: "new" } };
  const running = last.match(/Call wait\(job="(\w+)"\)/);
  if (running) return { name: "wait", arguments: { job: running[1] } };
  const done = answers.filter((answer) => !answer.includes("Call wait(")).length;
  if (done === 4) return `The film is ready: ${found(/^The film is ready: (.+)$/m, last)}`;
  const project = found(/\b(film_\w+)/, last);
  if (done === 1) return { name: "edit", arguments: { instruction: WISH, project } };
  if (done === 2) return { name: "preview", arguments: { project } };
  return { name: "export", arguments: { project, quality: "draft", wait_seconds: 0 } };
}

/** A line for each sign of progress. */
export function show({ progress, total, message }) {
  console.log(`${((100 * progress) / (total ?? 100)).toFixed(0).padStart(3)}%  ${message ?? ""}`);
}

function found(pattern, text) {
  const match = text.match(pattern);
  if (!match) throw new Error(text);
  return match[1];
}
