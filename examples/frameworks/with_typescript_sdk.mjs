// The first TypeScript SDK (`npm install @modelcontextprotocol/sdk`): node with_typescript_sdk.mjs FOLDER_OF_PHOTOS

import process from "node:process";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { nextStep, show } from "./scripted.mjs";

const photos = process.argv[2];
const client = new Client({ name: "example", version: "1.0.0" });
// Without `env` the server gets little of the environment, and none of its settings.
await client.connect(new StdioClientTransport({ command: "nemovideo-mcp", env: process.env }));
// Once the tools are listed, the client holds every answer to the schema of its tool.
await client.listTools();
const answers = [];
let step = nextStep(photos, answers);
while (typeof step !== "string") {
  console.log(`→ ${step.name}`);
  const result = await client.callTool(step, undefined, { onprogress: show, resetTimeoutOnProgress: true });
  answers.push(result.content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n"));
  step = nextStep(photos, answers);
}
await client.close();
console.log(step);
