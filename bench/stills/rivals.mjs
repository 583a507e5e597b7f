// Draws the bench posters with a rival, one after another in one process, and prints the milliseconds of each.
// Usage: node rivals.mjs takumi|takumi-kept|satori|chromium posters.json out-dir rounds
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const [, , rival, file, out, rounds] = process.argv;
const { posters, fonts, assets } = JSON.parse(readFileSync(file, "utf8"));
const W = 1080, H = 1350;
mkdirSync(out, { recursive: true });

// The same layers for all: ground, photograph fitted to cover and its gradient as ours has found them, headline, lead, and a card with a note.
const box = (style, children) => ({ type: "container", style, ...(children && { children }) });
const text = (style, words) => ({ type: "text", style, text: words });
const TITLE = { fontFamily: "Oswald", fontWeight: 700, fontSize: 91, lineHeight: 1.32, color: "#fff" };
const LEAD = { fontFamily: "Be Vietnam Pro", fontWeight: 500, fontSize: 44, lineHeight: 1.42, color: "#E8F1FB" };
const NOTE = { fontFamily: "Be Vietnam Pro", fontWeight: 400, fontSize: 33, lineHeight: 1.46, color: "#14202E" };
const WHOLE = { position: "absolute", left: 0, top: 0, width: W, height: H };
const under = (poster) => ({ position: "absolute", ...poster.place });
const CARD = { display: "flex", backgroundColor: "#fff", borderRadius: 24, padding: 39, marginTop: 32 };
const WORDS = {
  ...WHOLE, display: "flex", flexDirection: "column", justifyContent: "flex-end", padding: 67, gap: 32,
};
const read = new Map();
const photo = (path) => read.get(path) ?? read.set(path, readFileSync(join(assets, path))).get(path);

async function takumi(cacheMaxBytes) {
  const { Renderer } = await import("@takumi-rs/core");
  const renderer = new Renderer(cacheMaxBytes && { cacheMaxBytes });
  for (const font of fonts) {
    await renderer.registerFont({ name: font.family, weight: font.weight, style: "normal", data: readFileSync(font.path) });
  }
  return (poster) => {
    const tree = box({ width: W, height: H, display: "flex", position: "relative", backgroundColor: poster.ground }, [
      { type: "image", src: poster.photo, style: { ...under(poster), objectFit: "cover" } },
      box({ ...under(poster), backgroundImage: poster.scrim }),
      box(WORDS, [text(TITLE, poster.title.toUpperCase()), text(LEAD, poster.lead), box(CARD, [text(NOTE, poster.note)])]),
    ]);
    const images = [{ src: poster.photo, data: photo(poster.photo) }];
    return renderer.render(tree, { width: W, height: H, format: "png", images });
  };
}

async function satori() {
  const { default: draw } = await import("satori");
  const { Resvg } = await import("@resvg/resvg-js");
  const faces = fonts.map((font) => ({ name: font.family, weight: font.weight, style: "normal", data: readFileSync(font.path) }));
  const node = (type, style, children) => ({ type, props: { style, children } });
  return async (poster) => {
    const src = `data:image/jpeg;base64,${photo(poster.photo).toString("base64")}`;
    const tree = node("div", { width: W, height: H, display: "flex", position: "relative", backgroundColor: poster.ground }, [
      { type: "img", props: { src, style: { ...under(poster), objectFit: "cover" } } },
      node("div", { ...under(poster), backgroundImage: poster.scrim }),
      node("div", WORDS, [
        node("div", TITLE, poster.title.toUpperCase()),
        node("div", LEAD, poster.lead),
        node("div", CARD, [node("div", NOTE, poster.note)]),
      ]),
    ]);
    return new Resvg(await draw(tree, { width: W, height: H, fonts: faces })).render().asPng();
  };
}

async function chromium() {
  const { chromium: browser } = await import("playwright-core");
  const program = await browser.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  const page = await program.newPage({ viewport: { width: W, height: H } });
  const css = (style) =>
    Object.entries(style)
      .map(([key, value]) => {
        const unitless = ["fontWeight", "lineHeight"].includes(key);
        return `${key.replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`)}:${typeof value === "number" && !unitless ? `${value}px` : value}`;
      })
      .join(";").replaceAll('"', "'");
  const faces = fonts.map((font) =>
    `@font-face{font-family:"${font.family}";font-weight:${font.weight};src:url(data:font/ttf;base64,${readFileSync(font.path).toString("base64")})}`);
  await page.setContent(`<style>*{box-sizing:border-box;margin:0}${faces.join("")}</style><body></body>`);
  const draw = async (poster) => {
    const src = `data:image/jpeg;base64,${photo(poster.photo).toString("base64")}`;
    const html = `<div style="position:relative;width:${W}px;height:${H}px;background-color:${poster.ground}">
      <img src="${src}" style="${css({ ...under(poster), objectFit: "cover" })}"><div style="${css({ ...under(poster), backgroundImage: poster.scrim })}"></div>
      <div style="${css(WORDS)}"><div style="${css(TITLE)}">${poster.title.toUpperCase()}</div><div style="${css(LEAD)}">${poster.lead}</div>
      <div style="${css(CARD)}"><div style="${css(NOTE)}">${poster.note}</div></div></div></div>`;
    await page.evaluate(async (inner) => {
      document.body.innerHTML = inner;
      await Promise.all([document.fonts.ready, ...[...document.images].map((image) => image.decode())]);
    }, html);
    return page.screenshot({ type: "png" });
  };
  draw.close = () => program.close();
  return draw;
}

const KEPT = 256e6; // bytes of decoded photographs, as many as ours keeps
const draw = await { takumi, "takumi-kept": () => takumi(KEPT), satori, chromium }[rival]();
const times = [];
for (let round = 0; round < Number(rounds); round += 1) {
  for (const poster of posters) {
    const began = performance.now();
    const png = await draw(poster);
    writeFileSync(join(out, `${poster.id}.png`), png);
    times.push(performance.now() - began);
  }
}
await draw.close?.();
console.log(JSON.stringify({ times }));
