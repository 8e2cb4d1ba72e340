// The files of the build, as browsers fetch them.
import express from "express";
import path from "node:path";

/** What serves the files in a folder of the build: packed where whoever asks reads that, and kept by them for good. */
export function builtFiles(folder) {
  return [packed(folder, "br", ".br"), packed(folder, "gzip", ".gz"), assets(folder)];
}

/** The build's files, whose names change with what they hold. */
function assets(folder, setHeaders) {
  return express.static(folder, { immutable: true, maxAge: "1y", redirect: false, setHeaders });
}

/** The same as the build has packed them, to whoever reads that; one that isn't there, or no more after another build, is left to what follows. */
function packed(folder, encoding, ending) {
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
