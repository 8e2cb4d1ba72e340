import { json, redirect, type HeadersFunction, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData, type ShouldRevalidateFunctionArgs } from "@remix-run/react";
import { formFields } from "~/http/parse.server";
import { formAnswer, forVisitor, param } from "~/http/respond.server";
import { linkCookie } from "~/http/link-cookie.server";
import { paths } from "~/paths";
import { openSharedLink, proveLink } from "~/services/access/links.server";
import { LinkPassword } from "~/ui/shared/link-password";
import { SharedPage } from "~/ui/shared/shared-page";

export const meta: MetaFunction = () => [
  { title: "Shared matrix · Demarc" },
  { name: "robots", content: "noindex, nofollow" },
];

/** Search engines and caches must not keep what a link shows. */
export const headers: HeadersFunction = () => ({
  "X-Robots-Tag": "noindex, nofollow",
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
});

export const loader = forVisitor(async ({ params, caller, now }) => {
  const token = param(params, "token");
  return json({ view: await openSharedLink(token, await linkCookie.read(caller.cookie), caller, now) });
});

export const action = forVisitor(async ({ params, request, caller, now }) => {
  const token = param(params, "token");
  const { password = "" } = await formFields(request);
  return formAnswer({}, async () => {
    const proven = await linkCookie.read(caller.cookie);
    const id = await proveLink(token, password, caller, now);
    return redirect(paths.shared(token), { headers: { "Set-Cookie": await linkCookie.write([...proven, id]) } });
  });
});

/** Another view or filter of the same link needs no new data. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  return formMethod === undefined && currentUrl.pathname === nextUrl.pathname ? false : defaultShouldRevalidate;
}

export default function Shared() {
  const { view } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return view.kind === "password" ? <LinkPassword errors={answer?.errors ?? {}} /> : <SharedPage {...view} />;
}
