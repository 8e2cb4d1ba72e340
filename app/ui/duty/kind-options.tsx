import { KIND_WORDS, PRESSURES, STANCES } from "~/domain/matrix/kinds";

/** What a filter by kind and pressure may choose, for a select. */
export function KindOptions() {
  return [STANCES, PRESSURES].map((kinds) => (
    <optgroup key={kinds.length} label={kinds === STANCES ? "Kind" : "Pressure"}>
      {kinds.map((kind) => (
        <option key={kind} value={kind}>
          {KIND_WORDS[kind]}
        </option>
      ))}
    </optgroup>
  ));
}
