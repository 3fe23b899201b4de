// The same outputs with another validator: schemas.mjs SCHEMAS FOLDER, after schemas.py.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.NODE_TOOLS, "x.js"));
const Ajv = require("ajv/dist/2020").default;
const [schemas, folder] = process.argv.slice(2);
// Formats such as uint32 are notes for readers, not rules of JSON Schema.
const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
const compiled = {};

function judge(name, instances, what) {
  compiled[name] ??= ajv.compile(JSON.parse(readFileSync(join(schemas, `${name}.schema.json`))));
  const wrong = instances.flatMap((one) =>
    compiled[name](one) ? [] : compiled[name].errors.map((e) => `${e.instancePath}: ${e.message}`));
  console.log(`${instances.length && !wrong.length ? "ok" : "not ok"} ${instances.length} × ${what} against ${name}`);
  wrong.slice(0, 10).forEach((line) => console.log("    " + line));
}

const json = (name) => JSON.parse(readFileSync(join(folder, name)));
const lines = (name) => readFileSync(join(folder, name), "utf8").trim().split("\n").map((line) => JSON.parse(line));
for (const file of readdirSync(folder).sort()) {
  if (file.endsWith(".deal.json")) judge("deal-1", [json(file)], file);
  else if (file.endsWith(".brief.json")) judge("brief-1", [json(file)], file);
  else if (file.endsWith(".decisions.jsonl")) judge("decision-1", lines(file), `line of ${file}`);
  else if (file.endsWith(".since.json")) judge("since-1", [json(file).since], file);
  else if (file.endsWith(".match.jsonl")) judge("match-1", lines(file), `line of ${file}`);
}
