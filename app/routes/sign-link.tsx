import { json, redirect, type HeadersFunction, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData, useParams } from "@remix-run/react";
import { signCookie } from "~/http/link-cookie.server";
import { formFields, parseFields } from "~/http/parse.server";
import { formAnswer, forVisitor, param } from "~/http/respond.server";
import { paths } from "~/paths";
import { signForm } from "~/services/signing/signatures.server";
import {
  codeForm,
  openSigningLink,
  proveSigningCode,
  sendSigningCode,
  signByLink,
} from "~/services/signing/signing-links.server";
import { CodePage } from "~/ui/signing/sign-page/code-page";
import { LinkFrame } from "~/ui/signing/sign-page/link-frame";
import { SignPage } from "~/ui/signing/sign-page/sign-page";

export const meta: MetaFunction = () => [{ title: "Sign · Demarc" }, { name: "robots", content: "noindex, nofollow" }];

/**
 * Search engines and caches must not keep what a personal link shows, and its address must not reach other sites as
 * referrer.
 */
export const headers: HeadersFunction = () => ({
  "X-Robots-Tag": "noindex, nofollow",
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
});

export const loader = forVisitor(async ({ params, caller, now }) =>
  json({ view: await openSigningLink(param(params, "token"), await signCookie.read(caller.cookie), caller, now) }),
);

export const action = forVisitor(async ({ params, request, caller, now }) => {
  const token = param(params, "token");
  const written = await formFields(request);
  const proven = await signCookie.read(caller.cookie);
  return formAnswer(written, async () => {
    if (written.intent === "code" || written.intent === "prove") {
      const form = parseFields(written, codeForm);
      if (form.intent === "code") {
        await sendSigningCode(token, caller, now);
        return redirect(paths.signByLink(token));
      }
      const id = await proveSigningCode(token, form.code, caller, now);
      return redirect(paths.signByLink(token), { headers: { "Set-Cookie": await signCookie.write([...proven, id]) } });
    }
    return json(await signByLink(token, proven, parseFields(written, signForm), caller, now));
  });
});

export default function SignLinkRoute() {
  const { view } = useLoaderData<typeof loader>();
  const { token = "" } = useParams();
  const answer = useActionData<typeof action>();
  const trouble = answer && "errors" in answer ? answer : null;
  if (view.kind === "code")
    return (
      <CodePage
        about={view.about}
        email={view.email}
        codeSent={view.codeSent}
        ask={view.ask}
        errors={trouble?.errors ?? {}}
      />
    );
  return (
    <LinkFrame page={view.page}>
      <SignPage
        page={view.page}
        way="link"
        file={paths.signingFile(token)}
        said={answer && "said" in answer ? answer.said : null}
        trouble={trouble}
      />
    </LinkFrame>
  );
}
