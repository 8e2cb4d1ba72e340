import { json, redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { formFields } from "~/http/parse.server";
import { forActor, formAnswer } from "~/http/respond.server";
import { paths } from "~/paths";
import { createEngagement, usualSide } from "~/services/engagement/engagements.server";
import { PRESET_CHOICES } from "~/services/engagement/library.server";
import { ownStart } from "~/services/organisation/presets.server";
import { NewEngagementForm } from "~/ui/engagement/new-engagement-form";

export const meta: MetaFunction = () => [{ title: "New engagement · Demarc" }];

export const loader = forActor(async ({ actor, request }) => {
  const start = new URL(request.url).searchParams.get("start") === "blank" ? ("blank" as const) : ("library" as const);
  const own = await ownStart(actor);
  return json({ start, presets: PRESET_CHOICES, own, usualSide: own ? ("provider" as const) : await usualSide(actor) });
});

export const action = forActor(async ({ actor, request, now }) => {
  const {
    clientName = "",
    providerName = "",
    agreementReference = "",
    preset = "",
    side = "",
  } = await formFields(request);
  const values = { clientName, providerName, agreementReference, preset, side };
  return formAnswer(values, async () => redirect(paths.board(await createEngagement(actor, values, now))));
});

export default function NewEngagement() {
  const { start, presets, own, usualSide } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <NewEngagementForm
      start={start}
      presets={presets}
      own={own}
      usualSide={usualSide}
      errors={answer?.errors ?? {}}
      values={answer?.values ?? {}}
    />
  );
}
