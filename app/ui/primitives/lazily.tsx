import { lazy, useEffect, type ComponentType, type LazyExoticComponent } from "react";
import { Button } from "./button";

type Part<P> = { Component: LazyExoticComponent<ComponentType<P>>; load: () => Promise<unknown> };

/** A part of a screen that is loaded as a chunk of its own. If loading fails, a sentence stands in its place. */
export function lazily<P extends object>(fetchPart: () => Promise<ComponentType<P>>): Part<P> {
  const load = async (): Promise<{ default: ComponentType<P> }> => {
    try {
      return { default: await fetchPart() };
    } catch {
      return { default: Unreachable };
    }
  };
  return { Component: lazy(load), load };
}

function Unreachable() {
  return (
    <div role="alert" style={{ padding: 16 }}>
      <p>This part could not be fetched. What you edited is kept; reload once you are back online.</p>
      <Button size="sm" onClick={() => window.location.reload()}>
        Reload
      </Button>
    </div>
  );
}

/**
 * Loads parts after hydration, so that they are ready when they are needed, also offline. `parts` must be the same
 * value in every render.
 */
export function usePreloaded(parts: readonly Pick<Part<object>, "load">[]): void {
  useEffect(() => {
    const timer = setTimeout(() => parts.forEach(({ load }) => void load()));
    return () => clearTimeout(timer);
  }, [parts]);
}
