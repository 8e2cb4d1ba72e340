// Answers that the server gives itself, where the application isn't called or has failed.

/** Answers with a sentence: as a page, or as JSON where the client asks for that. */
export function refuse(request, response, status, message) {
  response.status(status);
  if (request.accepts(["html", "json"]) === "json") response.json({ message, fields: {} });
  else
    response
      .type("html")
      .send(
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>Demarc</title><p>${message}</p><p><a href="/">Front page</a></p></html>`,
      );
}

/**
 * Answers an unexpected error with a sentence, and logs one line. The address isn't logged, because some contain
 * secrets.
 */
export function answerTrouble(error, request, response, _next) {
  // The request was refused and answered while its body was read.
  if (response.writableEnded) return;
  const status = error?.status >= 400 && error?.status < 500 ? error.status : 500;
  if (status === 500)
    console.error(`A ${request.method} request failed: ${String(error?.message ?? error).split("\n", 1)[0]}`);
  if (response.headersSent) return response.destroy();
  refuse(
    request,
    response,
    status,
    status === 500
      ? "Something went wrong, and nothing was changed that isn't shown as saved. Try again; if it stays, tell whoever runs this installation."
      : "This request can't be answered. Check the address, or start from the front page.",
  );
}
