import { useLayoutEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { reductionsOf, type CallCard, type CardSize } from "~/domain/call-card/call-card";
import { useHydrated } from "../primitives/time";

type FittedProps = {
  card: CallCard;
  size: CardSize;
  className: string | undefined;
  children: (card: CallCard) => ReactNode;
};

/** A card in a box of fixed height: as much of it as fits, by the letters that this browser has. */
export function Fitted(props: FittedProps) {
  const hydrated = useHydrated();
  return hydrated ? <Measured {...props} /> : <div className={props.className}>{props.children(props.card)}</div>;
}

function Measured({ card, size, className, children }: FittedProps) {
  const box = useRef<HTMLDivElement>(null);
  const reductions = useMemo(() => reductionsOf(card, size), [card, size]);
  const [count, setCount] = useState(0);
  const shown = reductions.slice(0, count).reduce((before, reduce) => reduce(before), card);
  useLayoutEffect(() => {
    const { scrollHeight = 0, clientHeight = 0 } = box.current ?? {};
    if (scrollHeight > clientHeight && count < reductions.length) setCount(count + 1);
  }, [count, reductions]);
  return (
    <div ref={box} className={className}>
      {children(shown)}
    </div>
  );
}
