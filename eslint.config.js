import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** Which layers a layer may import. A file belongs to exactly one of these globs: a later block would replace a rule. */
const LAYERS = {
  domain: ["domain"],
  library: ["domain", "library"],
  files: ["domain", "files"],
  db: ["domain", "db", "env.server"],
  services: ["domain", "library", "db", "files", "services", "env.server", "paths"],
  http: ["domain", "services", "http", "paths", "db/storage-trouble.server"],
  ui: ["domain", "paths", "ui"],
  routes: ["domain", "services", "http", "ui", "paths"],
  cli: ["domain", "library", "files", "cli"],
};

/** Packages only these layers may import. */
const PACKAGES = {
  domain: ["zod", "@noble/hashes"],
  library: ["zod"],
  files: ["zod", "exceljs", "docx", "pdfkit", "fontkit", "fflate", "node-forge", "nodemailer", "uqr", "saxes", "yauzl", "node:*"],
  db: ["@prisma/*"],
  services: ["zod", "node:crypto", "better-auth", "rate-limiter-flexible", "@zxcvbn-ts/language-common"],
  http: ["@remix-run/node", "zod"],
  ui: ["react", "react-dom", "@remix-run/react", "lucide-react", "@dnd-kit/*", "@tanstack/react-virtual", "signature_pad"],
  routes: ["@remix-run/*", "react"],
  cli: ["node:*", "zod"],
};

const BASE = [
  { selector: "TSNonNullExpression", message: "Say what happens when it is missing." },
  { selector: "TSEnumDeclaration", message: "Use a union of strings." },
  { selector: "TSInterfaceDeclaration", message: "Use a type." },
];
const AS = { selector: "TSAsExpression:not([typeAnnotation.typeName.name='const'])", message: "Outside db/ and tests a cast hides a mistake." };
const PURE = [
  { selector: "AwaitExpression", message: "The domain waits for nothing." },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: "Times come in as arguments." },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Times come in as arguments." },
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: "Ids come in as arguments." },
  { selector: "Identifier[name='crypto']", message: "Ids come in as arguments." },
];

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("\\*", ".*");

/** Everything outside the allowed layers and packages, as one pattern: own layers by `~/` or upwards, packages by name. */
function boundary(layer) {
  const layers = LAYERS[layer].map((name) => `${escape(name)}(/|$)`).join("|");
  const packages = PACKAGES[layer].map(escape).join("|");
  return {
    patterns: [
      { regex: `^~/(?!(${layers}))`, message: `${layer}/ may not import this layer.` },
      { regex: `^(\\.\\./)+(?!(${layers}|\\.\\./))(domain|library|files|db|services|http|ui|routes|cli|env\\.server|paths)(/|$)`, message: `${layer}/ may not import this layer.` },
      { regex: `^(?!\\.|~/|(${packages})(/|$))`, message: `${layer}/ may not import this package.` },
    ],
  };
}

const layerBlocks = Object.keys(LAYERS).map((layer) => ({
  files: [`app/${layer}/**/*.{ts,tsx}`],
  rules: {
    "no-restricted-imports": ["error", boundary(layer)],
    "no-restricted-syntax": ["error", ...BASE, ...(layer === "db" ? [] : [AS]), ...(layer === "domain" ? PURE : [])],
  },
}));

export default tseslint.config(
  { ignores: ["node_modules", "build", "data", "app/db/generated", "test-results", "playwright-report"] },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.base],
    plugins: { "react-hooks": reactHooks },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-definitions": ["error", "type"],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports", prefer: "type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      eqeqeq: "error",
      "no-console": "off",
    },
  },
  ...layerBlocks,
);
