import { Fragment, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

const html = (node: ReactNode) => renderToStaticMarkup(node);
const count: number = 3;
const none: number = 0;

/** Hands on what it is given, as a button does. */
function Frame({ children }: { children: ReactNode }) {
  return (
    <button>
      <i />
      {children}
    </button>
  );
}

describe("a text", () => {
  it("of several parts is one node of its element", () => {
    expect(html(<p>{count} duties</p>)).toBe("<p>3 duties</p>");
    expect(
      html(
        <p>
          {count} {count === 1 ? "duty" : "duties"}
          {none > 0 && ", overdue"}
        </p>,
      ),
    ).toBe("<p>3 duties</p>");
    expect((<p>{count} duties</p>).props.children).toBe("3 duties");
  });

  it("beside elements is an element of its own, and a part that comes and goes shifts nothing behind it", () => {
    const shown = (more: boolean) => (
      <p>
        {count} duties{more && ", all new"} <b>here</b> and {count}
      </p>
    );
    expect(html(shown(false))).toBe("<p><text-run>3 duties</text-run> <b>here</b><text-run> and 3</text-run></p>");
    expect(html(shown(true))).toBe(
      "<p><text-run>3 duties, all new </text-run><b>here</b><text-run> and 3</text-run></p>",
    );
    const placeOf = (node: ReturnType<typeof shown>) =>
      (node.props.children as { type?: string }[]).findIndex((child) => child?.type === "b");
    expect(placeOf(shown(false))).toBe(placeOf(shown(true)));
  });

  it("is one of its own in what a component hands on, in a fragment and in a list", () => {
    expect(html(<Frame>Undo</Frame>)).toBe("<button><i></i><text-run>Undo</text-run></button>");
    expect(
      html(
        <Frame>
          Publish<em> version {count}</em>
        </Frame>,
      ),
    ).toBe("<button><i></i><text-run>Publish</text-run><em> version 3</em></button>");
    expect(
      html(
        <p>
          <Fragment>{count}</Fragment>
          <b />
        </p>,
      ),
    ).toBe('<p><text-run translate="no">3</text-run><b></b></p>');
    expect(
      html(
        <p>
          <>
            {count} of {count}
          </>
        </p>,
      ),
    ).toBe("<p><text-run>3 of 3</text-run></p>");
    expect(
      html(
        <p>
          <b />
          {["one", "two"]}
        </p>,
      ),
    ).toBe("<p><b></b><text-run>one</text-run><text-run>two</text-run></p>");
  });

  it("that is a figure, a letter, a code or a name is left as it is by a translation, and words are not", () => {
    expect(html(<p>{count}</p>)).toBe('<p translate="no">3</p>');
    expect(html(<p>{count}%</p>)).toBe('<p translate="no">3%</p>');
    expect(
      html(
        <p>
          {count} <b>NET-04</b> A
        </p>,
      ),
    ).toBe(
      '<p><text-run translate="no">3 </text-run><b translate="no">NET-04</b><text-run translate="no"> A</text-run></p>',
    );
    expect(
      html(
        <p>
          <i>R</i>
          <code>a1b2</code>
          <kbd>Esc</kbd>
          <bdi>Harbour IT</bdi>
        </p>,
      ),
    ).toBe(
      '<p><i translate="no">R</i><code translate="no">a1b2</code><kbd translate="no">Esc</kbd><bdi translate="no">Harbour IT</bdi></p>',
    );
    expect(
      html(
        <p>
          <bdi translate="yes">Run switches</bdi> 3 duties
        </p>,
      ),
    ).toBe('<p><bdi translate="yes">Run switches</bdi><text-run> 3 duties</text-run></p>');
  });

  it("of a picture or a choice has no element in it, and nothing stays nothing", () => {
    expect(
      html(
        <svg>
          <text>
            {count} of <tspan>{count}</tspan>
          </text>
        </svg>,
      ),
    ).toBe("<svg><text>3 of <tspan>3</tspan></text></svg>");
    expect(
      html(
        <select>
          <option>Version {count}</option>
        </select>,
      ),
    ).toBe("<select><option>Version 3</option></select>");
    expect(
      html(
        <p>
          {none > 0 && "x"}
          {null}
        </p>,
      ),
    ).toBe("<p></p>");
    expect(html(<p>{none}</p>)).toBe('<p translate="no">0</p>');
  });
});
