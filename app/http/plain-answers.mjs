// Answers that the server gives by itself, where the application isn't asked or has failed.

/** Answers with a sentence, as a page or, for whoever asks for it, as JSON. */
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

/** Answers what went wrong unforeseen: a sentence to the browser, one line to the log. The address stays out of it, since some hold secrets. */
export function answerTrouble(error, request, response, _next) {
  // Refused while it was being read, and answered then.
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
