// Bundles Sveltia CMS for /edit/: `node bundle.js FOLDER`. Called by scripts/setup.sh.
//
// It asks no other host for its fonts, which lie beside it, nor whether GitHub is well. What the form never uses is
// left out: code highlighting, other interface languages than Chinese and English, maps, and the conversion of pictures.
// The editor asks for these parts only when it needs them.
//
// zh-CN.json has the Chinese texts that the editor lacks, and better ones for people who know no code host.

import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";

const folder = resolve(process.argv[2]);
const editor = dirname(createRequire(import.meta.url).resolve("@sveltia/cms"));
const CHINESE = JSON.parse(readFileSync(join(import.meta.dirname, "zh-CN.json"), "utf8"));
const LEFT_OUT = /^@shikijs\/|\/chunks\/(?:shiki-engine|webp_enc|heic|react-dom)|^svgo|^leaflet|^terra-draw/;

const ELSEWHERE = [
  [/src:url\(https:\/\/cdn\.jsdelivr\.net[^)]*\)\s*format\('[^']*'\)/g, "src:local('none')", 3],
  [/https:\/\/www\.githubstatus\.com\/api\/v2\/status\.json/g, 'data:application/json,{"status":{}}', 1],
];

const merged = (texts, more) => ({
  ...texts,
  ...Object.fromEntries(
    Object.entries(more).map(([name, one]) => [name, typeof one === "string" ? one : merged(texts[name], one)]),
  ),
});

const changed = {
  name: "changed",
  setup(esbuild) {
    esbuild.onResolve({ filter: /./ }, ({ path }) => {
      const language = /\/locales\/(.*)\.json$/.exec(path)?.[1];
      const unused = LEFT_OUT.test(path) || (language && language !== "zh-CN");
      return unused ? { path: "nothing", namespace: "left-out" } : undefined;
    });
    esbuild.onLoad({ filter: /./, namespace: "left-out" }, () => ({ contents: "export default {};" }));
    esbuild.onLoad({ filter: /locales.zh-CN\.json$/ }, ({ path }) => ({
      contents: JSON.stringify(merged(JSON.parse(readFileSync(path, "utf8")), CHINESE)),
      loader: "json",
    }));
    esbuild.onLoad({ filter: /@sveltia.cms.npm.index\.js$/ }, ({ path }) => {
      let contents = readFileSync(path, "utf8");
      for (const [found, instead, count] of ELSEWHERE) {
        if (contents.match(found)?.length !== count) throw new Error(`Not ${count} times in ${path}: ${found}`);
        contents = contents.replace(found, instead);
      }
      return { contents };
    });
  },
};

await build({
  entryPoints: { cms: "@sveltia/cms" },
  absWorkingDir: import.meta.dirname,
  outdir: folder,
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  logLevel: "error",
  plugins: [changed],
});
mkdirSync(join(folder, "assets"), { recursive: true });
cpSync(join(editor, "..", "LICENSE.txt"), join(folder, "LICENSE.txt"));
for (const name of ["material-symbols-outlined", "noto-mono", "source-sans-3"]) {
  cpSync(join(editor, "assets", `${name}.LICENSE.txt`), join(folder, "assets", `${name}.LICENSE.txt`));
}
cpSync(join(editor, "assets"), join(folder, "assets"), { recursive: true, filter: (path) => !/\.(?!woff2$)[^/.]+$/.test(path) });
