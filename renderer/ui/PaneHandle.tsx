import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import './pane-handle.css';

export interface PaneHandleProps {
  readonly label: string;
  /** What is made wider or narrower. */
  readonly controls: string;
  /** At which edge of the pane the handle is: dragging away from the pane makes it wider. */
  readonly edge: 'left' | 'right';
  /** In CSS pixels; null is the width the screen gives. */
  readonly width: number | null;
  readonly usual: number;
  readonly least: number;
  readonly most: number;
  /** At every step; null gives the pane its usual width back. */
  onWidth(width: number | null): void;
  /** After the last step: what is to be remembered. */
  onDone(width: number | null): void;
}

const step = 16;
const largeStep = 64;

/**
 * The line between two panes, to be dragged, or moved by arrow keys (Shift: larger steps). Home and a double click give back the usual width.
 * (WAI-ARIA: window splitter.)
 */
export function PaneHandle({ label, controls, edge, width, usual, least, most, onWidth, onDone }: PaneHandleProps) {
  const drag = useRef<{ readonly from: number; readonly width: number } | null>(null);
  const within = (wanted: number) => Math.round(Math.min(most, Math.max(least, wanted)));
  const outward = edge === 'right' ? 1 : -1;
  /** What is on the screen: a window may be too narrow for what was chosen. */
  const shown = () => document.getElementById(controls)?.offsetWidth || (width ?? usual);

  const choose = (wanted: number | null) => {
    onWidth(wanted);
    onDone(wanted);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = (event.shiftKey ? largeStep : step) * outward;
    const wanted = { ArrowLeft: within(shown() - by), ArrowRight: within(shown() + by), Home: null }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    choose(wanted);
  };
  const widthAt = (event: PointerEvent) =>
    drag.current === null ? null : within(drag.current.width + (event.clientX - drag.current.from) * outward);

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> has no value and takes no focus.
    <div
      className={`pane-handle pane-handle-${edge}`}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-controls={controls}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={width ?? usual}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={() => choose(null)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { from: event.clientX, width: shown() };
      }}
      onPointerMove={(event) => {
        const wanted = widthAt(event);
        if (wanted !== null) onWidth(wanted);
      }}
      onPointerUp={(event) => {
        const wanted = widthAt(event);
        const isMoved = drag.current !== null && event.clientX !== drag.current.from;
        drag.current = null;
        if (isMoved) onDone(wanted);
      }}
      onPointerCancel={() => {
        if (drag.current === null) return;
        drag.current = null;
        onDone(width);
      }}
    />
  );
}
