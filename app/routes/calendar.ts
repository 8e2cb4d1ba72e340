import { forVisitor, param } from "~/http/respond.server";
import { CALENDAR_TYPE, openFeed } from "~/services/access/calendars.server";

/** A calendar at its private address, for programs that fetch it without signing in. One they have already isn't sent again. */
export const loader = forVisitor(async ({ params, request, caller, now }) => {
  const { text, etag } = await openFeed(param(params, "token").replace(/\.ics$/, ""), caller, now);
  const headers = {
    ETag: etag,
    // A program may keep it for itself, and asks each time whether it is still the same.
    "Cache-Control": "private, no-cache",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
  };
  const known = (request.headers.get("if-none-match") ?? "").split(",").map((tag) => tag.trim());
  if (known.includes(etag)) return new Response(null, { status: 304, headers });
  return new Response(text, {
    headers: { ...headers, "Content-Type": CALENDAR_TYPE, "Content-Disposition": 'inline; filename="demarc.ics"' },
  });
});
