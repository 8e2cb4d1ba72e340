// Serves the files of the build to browsers.
import express from "express";
import path from "node:path";

/**
 * The handlers that serve the files in a folder of the build: compressed where the browser accepts that, and cached by
 * it for a year.
 */
export function builtFiles(folder) {
  return [compressedFiles(folder, "br", ".br"), compressedFiles(folder, "gzip", ".gz"), assets(folder)];
}

/** The name of a built file changes with its content, so browsers may keep it. */
function assets(folder, setHeaders) {
  return express.static(folder, { immutable: true, maxAge: "1y", redirect: false, setHeaders });
}

/**
 * Serves the compressed copy that the build has written, to browsers that accept it. Where there is no such copy, the
 * next handler answers.
 */
function compressedFiles(folder, encoding, ending) {
  const serve = assets(folder, (response, file) =>
    response.type(path.extname(file.slice(0, -ending.length))).set("Content-Encoding", encoding),
  );
  return (request, response, next) => {
    response.vary("Accept-Encoding");
    if (!request.acceptsEncodings(encoding)) return next();
    const { url } = request;
    request.url = `${request.path}${ending}`;
    serve(request, response, (error) => {
      request.url = url;
      next(error);
    });
  };
}
