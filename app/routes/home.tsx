import { json, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { forActor } from "~/http/respond.server";
import { LIBRARY_SIZE } from "~/services/library.server";
import { listEngagements } from "~/services/engagements.server";
import { HomePage } from "~/ui/home/home-page";

export const meta: MetaFunction = () => [{ title: "Engagements · Demarc" }];

export const loader = forActor(async ({ actor }) => json({ engagements: await listEngagements(actor), ...LIBRARY_SIZE }));

export default function Home() {
  return <HomePage {...useLoaderData<typeof loader>()} />;
}
