/** What a calendar holds, whichever program reads it. Times are moments; where `recurs` says how, on the clocks of its zone. */
export type CalendarPlan = {
  name: string;
  description: string;
  entries: CalendarEntry[];
};

/** One entry. Its id is the same for as long as it is about the same thing. */
export type CalendarEntry = {
  id: string;
  title: string;
  description: string;
  place: string;
  /** Moments, in milliseconds since 1970. */
  from: number;
  to: number;
  /** Set for what lasts whole days of the calendar wherever one is; its moments are midnights in UTC. */
  wholeDay?: true;
  /** Null for what takes place once, whose moments are exact without a zone. */
  recurs: { rule: string; timeZone: string; /** The last moment at which it may begin. */ until: number } | null;
};

/** What every calendar says of itself, since programs fetch it when they like. */
export const NOT_LIVE =
  "This is a plan, not a live answer to who is on call: calendar programs fetch it anew every few hours, some once a day. Look in Demarc for who is called now.";
