import { useEffect, useRef } from "react";
import type { SigningAnswer } from "~/services/signing/signing-after.server";
import { useFetcher } from "../primitives/router";

type Trouble = { message?: string; errors?: Record<string, string>; fields?: Record<string, string> };

/** Sends a form without leaving the page. `onDone` is called once for each form that succeeded. */
export function useAnswer(onDone: (done: SigningAnswer) => void) {
  const fetcher = useFetcher<SigningAnswer | Trouble>();
  const heard = useRef<unknown>(null);
  const then = useRef(onDone);
  then.current = onDone;
  const { data, state } = fetcher;
  useEffect(() => {
    if (state !== "idle" || !data || heard.current === data) return;
    heard.current = data;
    if ("said" in data) then.current(data);
  }, [data, state]);
  return {
    Form: fetcher.Form,
    submit: fetcher.submit,
    busy: state !== "idle",
    errors: state === "idle" ? errorsOf(data) : {},
  };
}

function errorsOf(data: SigningAnswer | Trouble | undefined): Record<string, string> {
  if (!data || "said" in data) return {};
  return data.errors ?? (data.message ? { form: data.message } : {});
}
