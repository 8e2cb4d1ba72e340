import { index, prefix, route, type RouteConfig } from "@remix-run/route-config";

export default [
  index("routes/home.tsx"),
  route("health", "routes/health.ts"),
  ...prefix("engagements", [route("new", "routes/engagements/new.tsx"), route("sample", "routes/engagements/sample.ts")]),
  route("matrices/:matrixId", "routes/matrix/layout.tsx", [
    index("routes/matrix/index.ts"),
    route("board", "routes/matrix/board.tsx"),
    route("matrix", "routes/matrix/matrix.tsx"),
    route("findings", "routes/matrix/findings.tsx"),
    route("matrices", "routes/matrix/matrices.tsx"),
    route("parties", "routes/matrix/parties.tsx"),
    route("people", "routes/matrix/people.tsx"),
    route("publish", "routes/matrix/publish.tsx"),
    route("activity", "routes/matrix/activity.tsx"),
    route("versions", "routes/matrix/versions.tsx"),
    route("versions/:number", "routes/matrix/version.tsx"),
  ]),
  route("matrices/:matrixId/commands", "routes/matrix/commands.ts"),
  route("matrices/:matrixId/holders", "routes/matrix/holders.ts"),
  route("matrices/:matrixId/history", "routes/matrix/history.ts"),
  route("library", "routes/library.ts"),
  route("matrices/:matrixId/draft", "routes/matrix/draft.ts"),
  route("matrices/:matrixId/export/:format", "routes/matrix/export.ts"),
  route("matrices/:matrixId/versions/:number/export/:format", "routes/matrix/export-version.ts"),
  route("*", "routes/not-found.tsx"),
] satisfies RouteConfig;
