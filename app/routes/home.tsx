import { json, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { utcDay } from "~/domain/days";
import { portfolioQuery } from "~/domain/engagement/portfolio";
import { forActor } from "~/http/respond.server";
import { LIBRARY_SIZE } from "~/services/engagement/library.server";
import { listPortfolio } from "~/services/engagement/portfolio.server";
import { HomePage } from "~/ui/home/home-page";

export const meta: MetaFunction = () => [{ title: "Engagements · Demarc" }];

const ROWS = 50;
const MOST_ROWS = 1_000;

export const loader = forActor(async ({ actor, request, now }) => {
  const params = new URL(request.url).searchParams;
  const query = portfolioQuery(params);
  const limit = Math.min(MOST_ROWS, Math.max(ROWS, Number(params.get("rows")) || ROWS));
  return json({
    ...(await listPortfolio(actor, query, limit, now)),
    query,
    limit,
    more: ROWS,
    today: utcDay(now),
    ...LIBRARY_SIZE,
  });
});

export default function Home() {
  return <HomePage {...useLoaderData<typeof loader>()} />;
}
