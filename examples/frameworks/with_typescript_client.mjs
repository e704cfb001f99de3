// The TypeScript SDK, second edition (`npm install @modelcontextprotocol/client`): node with_typescript_client.mjs FOLDER_OF_PHOTOS

import process from "node:process";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { nextStep, show } from "./scripted.mjs";

const photos = process.argv[2];
// "auto" speaks the protocol of 2026-07-28 where the server does; without it, that of 2025-11-25.
const client = new Client({ name: "example", version: "1.0.0" }, { versionNegotiation: { mode: "auto" } });
// Without `env` the server gets little of the environment, and none of its settings.
await client.connect(new StdioClientTransport({ command: "nemovideo-mcp", env: process.env }));
// Once the tools are listed, the client holds every answer to the schema of its tool.
await client.listTools();
const answers = [];
let step = nextStep(photos, answers);
while (typeof step !== "string") {
  console.log(`→ ${step.name}`);
  const result = await client.callTool(step, { onprogress: show, resetTimeoutOnProgress: true });
  answers.push(result.content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n"));
  step = nextStep(photos, answers);
}
await client.close();
console.log(step);
