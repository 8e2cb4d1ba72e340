// The house's own rules: which layer and which room may import what, how full a folder may be, and what stays out of a layer. Everything else is Oxlint's own.
import fs from "node:fs";
import path from "node:path";

const APP = path.join(import.meta.dirname, "app");

/** Which layers a layer may import. */
const LAYERS = {
  domain: ["domain"],
  library: ["domain", "library"],
  files: ["domain", "files"],
  db: ["domain", "db", "env.server"],
  services: ["domain", "library", "db", "files", "services", "env.server", "paths"],
  http: ["domain", "services", "http", "paths", "db/storage-trouble.server"],
  // The search words are data without a schema, so that the browser fetches no more than them.
  ui: ["domain", "library/search-words", "library/with-names", "paths", "ui"],
  routes: ["domain", "services", "http", "ui", "paths"],
  cli: ["domain", "library", "files", "cli"],
};

/** Which layers a layer may import types of besides. A screen's props are what a service hands over, declared there alone; nothing of it reaches the browser. */
const TYPES = { ui: ["services"] };

/** Which packages a layer may import. */
const PACKAGES = {
  domain: ["zod", "@noble/hashes"],
  library: ["zod"],
  files: [
    "bidi-js",
    "zod",
    "exceljs",
    "docx",
    "pdfkit",
    "fontkit",
    "fflate",
    "ical-generator",
    "rrule-temporal",
    "node-forge",
    "nodemailer",
    "uqr",
    "saxes",
    "yauzl",
    "node:*",
  ],
  db: ["@prisma/*", "pg", "zod", "node:fs"],
  services: ["zod", "node:crypto", "better-auth", "@zxcvbn-ts/language-common", "date-holidays"],
  http: ["@remix-run/node", "zod", "node:events"],
  ui: ["react", "react-dom", "lucide-react", "@dnd-kit/*", "@tanstack/react-virtual", "signature_pad", "idb"],
  routes: ["@remix-run/*", "react"],
  cli: ["node:*", "zod"],
};

/** The rooms of a layer in order: each may import those before it. An empty name stands for the files beside the rooms. */
const ROOMS = {
  domain: [
    "",
    "cover",
    "matrix",
    "parts",
    "schedule",
    "agreement",
    "changes",
    "live",
    "editing",
    "people",
    "escalation",
    "findings",
    "version",
    "signing",
    "call-card",
    "pack",
    "verify",
    "engagement",
    "look-up",
    "scenario",
    "workshop",
    "mail",
    "account",
  ],
  services: [
    "mail",
    "who",
    "people",
    "version",
    "pack",
    "signing",
    "access",
    "organisation",
    "matrix",
    "live",
    "workshop",
    "engagement",
    "account",
    "",
  ],
};

/** So many files stand side by side in a folder of app/ at most: more of them want rooms. */
const SIDE_BY_SIDE = 20;

const ANYWHERE = {
  TSNonNullExpression: "Say what happens when it is missing.",
  TSEnumDeclaration: "Use a union of strings.",
  TSInterfaceDeclaration: "Use a type.",
};
const OUTSIDE_DB = {
  "TSAsExpression:not([typeAnnotation.typeName.name='const'])": "Outside db/ and tests a cast hides a mistake.",
};
const OUTSIDE_TEXT = {
  "CallExpression[callee.property.name='normalize']":
    "Normalising costs the square of how many marks stand in a row; `normalised` of domain/text.ts bounds them.",
};
const OUTSIDE_DAYS = {
  "CallExpression[callee.property.name='slice'][arguments.0.value=0][arguments.1.value=10]":
    "Take a moment's day with what domain/days.ts has, which says whose day it is.",
};
const OUTSIDE_HTTP = {
  "CallExpression[callee.property.name='formData']":
    "Read a form with what http/parse.server.ts has, which bounds what is sent back of it.",
};
const IN_THE_DOMAIN = {
  AwaitExpression: "The domain waits for nothing.",
  "CallExpression[callee.object.name='Date'][callee.property.name='now']": "Times come in as arguments.",
  "NewExpression[callee.name='Date'][arguments.length=0]": "Times come in as arguments.",
  "CallExpression[callee.object.name='Math'][callee.property.name='random']": "Ids come in as arguments.",
  "Identifier[name='crypto']": "Ids come in as arguments.",
};
/** Packages that one file of a layer imports for all of it. */
const ALONE = new Map([
  // The framework's router reaches screens through one file, which is all of them that another one changes.
  [path.join(APP, "ui", "primitives", "router.ts"), "@remix-run/react"],
  // No browser fetches the arithmetic of time zones: what is called `.server` fails the build that would bring it there.
  [path.join(APP, "domain", "cover", "zoned.server.ts"), "temporal-polyfill"],
]);
/** A key is read by what its event stands for on every keyboard, in the one place that knows that. */
const KEYS = path.join(APP, "ui", "primitives", "keys.ts");
const READS_KEYS = "Read a key with pressOf, which knows input methods and other keyboards.";
const IN_THE_UI = {
  "MemberExpression[object.name=/^(event|e|native|nativeEvent)$/][property.name=/^(key|code|keyCode|which|isComposing)$/]":
    READS_KEYS,
  "MemberExpression[object.property.name='nativeEvent'][property.name=/^(key|code|keyCode|which|isComposing)$/]":
    READS_KEYS,
  "VariableDeclarator[init.name=/^(event|e|native|nativeEvent)$/] > ObjectPattern > Property[key.name=/^(key|code|keyCode|which|isComposing)$/]":
    READS_KEYS,
};

const syntax = {
  create(context) {
    const layer = layerOf(context);
    if (!layer) return {};
    const kept = {
      ...ANYWHERE,
      ...(layer !== "db" ? OUTSIDE_DB : {}),
      ...(layer !== "http" ? OUTSIDE_HTTP : {}),
      ...(layer === "domain" ? IN_THE_DOMAIN : {}),
      ...(layer === "ui" && context.filename !== KEYS ? IN_THE_UI : {}),
      ...(isFile(context, "domain/text.ts") ? {} : OUTSIDE_TEXT),
      ...(isFile(context, "domain/days.ts") ? {} : OUTSIDE_DAYS),
    };
    return Object.fromEntries(
      Object.entries(kept).map(([selector, message]) => [selector, (node) => context.report({ node, message })]),
    );
  },
};

const layers = {
  create(context) {
    const layer = layerOf(context);
    if (!layer) return {};
    const check = ({ source, importKind }) => {
      if (typeof source?.value !== "string") return;
      const { kind, name } = imported(source.value, context);
      const alone = ALONE.get(context.filename);
      const allowed = kind === "layer" ? LAYERS[layer] : alone ? [alone] : PACKAGES[layer];
      const types = kind === "layer" && importKind === "type" ? (TYPES[layer] ?? []) : [];
      if (![...allowed, ...types].some((one) => covers(one, name)))
        context.report({ node: source, message: `${layer}/ may not import ${name}.` });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

/** A component or a hook that fills more lines than this does several things, each of which deserves a name and a file. */
const MOST_LINES = 150;

const size = {
  create(context) {
    const open = [];
    const enter = (node) => open.push({ node, draws: false });
    const draws = () => open.forEach((one) => (one.draws = true));
    const leave = (node) => {
      const { draws: isComponent } = open.pop();
      const lines = node.loc.end.line - node.loc.start.line + 1;
      const name = node.id?.name ?? (node.parent?.type === "VariableDeclarator" ? node.parent.id.name : "");
      if (lines <= MOST_LINES || !(isComponent || /^use[A-Z]/.test(name))) return;
      context.report({
        node: node.id ?? node,
        message: `${lines} lines, at most ${MOST_LINES}: give its parts names, as components or hooks of their own.`,
      });
    };
    const functions = ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"];
    return {
      JSXElement: draws,
      JSXFragment: draws,
      ...Object.fromEntries(
        functions.flatMap((type) => [
          [type, enter],
          [`${type}:exit`, leave],
        ]),
      ),
    };
  },
};

const rooms = {
  create(context) {
    const layer = layerOf(context);
    if (!(layer in ROOMS)) return {};
    const order = ROOMS[layer];
    const own = roomOf(path.relative(APP, context.filename).replaceAll(path.sep, "/"));
    if (!order.includes(own))
      return {
        Program: (node) =>
          context.report({ node, message: `Say in oxlint.rules.mjs between which rooms ${layer}/${own} stands.` }),
      };
    const check = ({ source }) => {
      if (typeof source?.value !== "string") return;
      const { kind, name } = imported(source.value, context);
      if (kind !== "layer" || !covers(layer, name)) return;
      const other = roomOf(name);
      if (order.indexOf(other) > order.indexOf(own))
        context.report({
          node: source,
          message: `${layer}/${own} may not import ${layer}/${other}, which stands after it.`,
        });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

const crowds = {
  create(context) {
    const folder = path.dirname(context.filename);
    const files = path.relative(APP, folder).startsWith("..") ? [] : filesIn(folder);
    // One of them says it for all: the last that is read here.
    const last = files.filter((name) => /\.tsx?$/.test(name)).at(-1);
    if (files.length <= SIDE_BY_SIDE || path.basename(context.filename) !== last) return {};
    return {
      Program: (node) =>
        context.report({
          node,
          message: `${path.relative(APP, folder)}/ holds ${files.length} files side by side; at most ${SIDE_BY_SIDE} are found at a glance. Give those that belong together a folder.`,
        }),
    };
  },
};

function filesIn(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [entry.name] : []))
    .sort();
}

/** The folder of its layer that a file is in; empty where it stands beside the rooms. */
function roomOf(name) {
  const [, room = "", ...rest] = name.split("/");
  return rest.length > 0 ? room : "";
}

function isFile({ filename }, place) {
  return filename === path.join(APP, ...place.split("/"));
}

/** The folder of app/ that a file is in, where that is a layer. */
function layerOf({ filename }) {
  const [first = ""] = path.relative(APP, filename).split(path.sep);
  return first in LAYERS ? first : null;
}

/** What an import names: a path within app/, or a package. */
function imported(source, { filename }) {
  if (source.startsWith("~/")) return { kind: "layer", name: source.slice(2) };
  if (source.startsWith("."))
    return {
      kind: "layer",
      name: path.relative(APP, path.resolve(path.dirname(filename), source)).replaceAll(path.sep, "/"),
    };
  return { kind: "package", name: source };
}

function covers(allowed, name) {
  return allowed.endsWith("*")
    ? name.startsWith(allowed.slice(0, -1))
    : name === allowed || name.startsWith(`${allowed}/`);
}

export default { meta: { name: "demarc" }, rules: { layers, rooms, crowds, size, syntax } };
