// Renders pages in Chromium: pages.mjs OUT PAGE.html …
// Screen in light and dark and at 360 pixels, paper in A4 and Letter, axe-core on each.
import { createRequire } from "node:module";
import { execFileSync } from "node:child_process";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.env.NODE_TOOLS, "x.js"));
const { chromium } = require("playwright-core");
const axe = require("axe-core");
const [out, ...pages] = process.argv.slice(2);

const check = (holds, what) => console.log(`${holds ? "ok" : "not ok"} ${what}`);
const squeezed = (text) => text.normalize("NFKC").replace(/[\s\u00ad\u200b-\u200f\u2066-\u2069]+/g, "");
const LOOKS = [
  ["light", { colorScheme: "light", viewport: { width: 900, height: 1200 } }],
  ["dark", { colorScheme: "dark", viewport: { width: 900, height: 1200 } }],
  ["narrow", { colorScheme: "light", viewport: { width: 360, height: 740 } }],
  ["narrow-dark", { colorScheme: "dark", viewport: { width: 320, height: 640 } }],
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
console.log(`Chromium ${browser.version()}, axe-core ${axe.version}`);

for (const file of pages) {
  const name = basename(file, ".html");
  for (const [look, options] of LOOKS) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const loaded = [], said = [];
    page.on("request", (request) => loaded.push(request.url()));
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(String(error)));
    await page.goto(pathToFileURL(file).href);
    const seen = await page.evaluate(() => {
      const wide = [...document.querySelectorAll("body *")].filter((e) => {
        const box = e.getBoundingClientRect();
        return box.right > innerWidth + 1 && !e.closest(".skip") && !e.closest(".scroll");
      });
      // A table may be moved sideways, but only where the screen is narrow.
      const moved = [...document.querySelectorAll(".scroll")].filter((e) => e.scrollWidth > e.clientWidth + 1);
      const headings = [...document.querySelectorAll("h1,h2,h3")].map((e) => +e.tagName[1]);
      return {
        wide: wide.slice(0, 3).map((e) => e.outerHTML.slice(0, 90)),
        moved: moved.length,
        scripts: document.scripts.length,
        jumps: headings.some((level, at) => at && level > headings[at - 1] + 1),
        ids: [...document.querySelectorAll("[id]")].map((e) => e.id),
        dead: [...document.querySelectorAll("a[href^='#']")]
          .filter((a) => !document.getElementById(decodeURIComponent(a.getAttribute("href").slice(1)))).length,
      };
    });
    await page.screenshot({ path: join(out, `${name}.${look}.png`), fullPage: true });
    await page.keyboard.press("Tab");
    const skip = await page.evaluate(() => {
      const box = document.activeElement.getBoundingClientRect();
      return document.activeElement.classList.contains("skip") && box.left >= 0 && box.top >= 0;
    });
    await page.evaluate(axe.source);
    const found = await page.evaluate(() => axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }));
    const faults = [
      ...found.violations.map((v) => `axe ${v.id}: ${v.nodes.length} × ${v.help}: ${v.nodes[0].html.slice(0, 120)}`),
      ...seen.wide.map((e) => `wider than the screen: ${e}`),
      ...said.map((text) => `the browser says: ${text}`),
      ...loaded.slice(1).map((url) => `loads ${url}`),
    ];
    if (found.passes.length < 10) faults.push(`axe passed only ${found.passes.length} rules`);
    if (seen.scripts) faults.push("has a script");
    if (seen.jumps) faults.push("a heading skips a level");
    if (seen.dead) faults.push(`${seen.dead} links lead nowhere`);
    if (new Set(seen.ids).size !== seen.ids.length) faults.push("an id stands twice");
    if (!skip) faults.push("the first Tab does not show the skip link");
    if (seen.moved && !look.startsWith("narrow")) faults.push(`${seen.moved} tables are wider than the page`);
    check(!faults.length, `${name} ${look}: ${found.passes.length} axe rules pass, nothing is cut or loaded`);
    faults.forEach((fault) => console.log("    " + fault));
    const unsure = found.incomplete.map((i) => `${i.id} (${i.nodes.length})`);
    if (unsure.length) console.log(`    axe leaves to people: ${unsure.join(", ")}`);
    await context.close();
  }
  await paper(file, name);
}
await browser.close();

/** Prints on both papers; every letter of the page has to be on paper, inside its edges. */
async function paper(file, name) {
  const context = await browser.newContext({ colorScheme: "dark" });
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.emulateMedia({ media: "print" });
  const text = squeezed(await page.evaluate(() => document.body.innerText));
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  for (const format of ["A4", "Letter"]) {
    const pdf = join(out, `${name}.${format}.pdf`);
    await page.pdf({ path: pdf, format, preferCSSPageSize: false, printBackground: false, tagged: true });
    const poppler = (program, ...words) => execFileSync(program, words, { encoding: "utf8", maxBuffer: 1 << 26 });
    const count = +/Pages:\s+(\d+)/.exec(poppler("pdfinfo", pdf))[1];
    const boxes = poppler("pdftotext", "-bbox", pdf, "-");
    const [width, height] = /<page width="([\d.]+)" height="([\d.]+)"/.exec(boxes).slice(1).map(Number);
    const words = [...boxes.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</g)];
    const outside = words.filter(([, x0, y0, x1, y1]) => x0 < 20 || y0 < 20 || x1 > width - 20 || y1 > height - 20);
    // Letters as a bag: a reader of PDF may order columns and scripts otherwise.
    const bag = new Map();
    for (const c of squeezed(poppler("pdftotext", "-raw", pdf, "-"))) bag.set(c, (bag.get(c) ?? 0) + 1);
    const missing = [];
    for (const c of text) {
      const left = bag.get(c) ?? 0;
      if (left === 0) missing.push(c);
      bag.set(c, left - 1);
    }
    const faults = [];
    if (outside.length) faults.push(`${outside.length} words at the edge, first: ${outside[0][5]}`);
    if (missing.length) faults.push(`${missing.length} of ${text.length} letters are not on paper: ${missing.join("").slice(0, 40)}`);
    if (paper !== "rgb(255, 255, 255)") faults.push(`the paper is ${paper}`);
    check(!faults.length, `${name} on ${format}: ${count} pages, ${words.length} words, all ${text.length} letters inside the edges`);
    faults.forEach((fault) => console.log("    " + fault));
  }
  await context.close();
}
