import { json, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { forVisitor, safeNext } from "~/http/respond.server";
import { directoryChoices } from "~/services/account/directories.server";
import { RefusedPage } from "~/ui/account/sign-in/refused-page";

export const meta: MetaFunction = () => [{ title: "Not signed in · Demarc" }];

export const loader = forVisitor(async ({ request }) => {
  const { searchParams } = new URL(request.url);
  const directory = directoryChoices().find(({ id }) => id === searchParams.get("with")) ?? null;
  return json(
    { directory, reason: searchParams.get("error") ?? "", next: safeNext(searchParams.get("next")) },
    { status: 403 },
  );
});

export default function Refused() {
  return <RefusedPage {...useLoaderData<typeof loader>()} />;
}
