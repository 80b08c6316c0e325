import { Tooltip as Base } from '@base-ui/react/tooltip';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Kbd } from './Kbd.tsx';
import { type Tip, watchTips } from './watch-tips.ts';
import './tips.css';

/**
 * The tips of all controls, once on a page. A control has one by having `aria-keyshortcuts`, or `data-tip` with its words; `data-tip-note` adds
 * a line. Where the tips stand is said around the controls: `data-tips="right"`, or `"below"`, where they cover none of what says so.
 */
export function Tips() {
  const [tip, setTip] = useState<Tip | null>(null);
  const popup = useRef<HTMLDivElement>(null);
  useEffect(() => watchTips(document, setTip, () => popup.current), []);
  const side = tip?.control.closest<HTMLElement>('[data-tips]')?.dataset.tips;
  const anchor = useMemo(() => (tip && side === 'below' ? belowAll(tip.control) : tip?.control), [tip, side]);
  if (!tip) return null;
  return (
    <Base.Root open>
      <Base.Portal>
        <Base.Positioner
          // A new one stands in its place from the beginning.
          key={`${tip.words} ${tip.keys.join(' ')}`}
          className="tip-place"
          anchor={anchor ?? null}
          side={side === 'right' ? 'right' : side === 'below' ? 'bottom' : 'top'}
          sideOffset={6}
          collisionPadding={room}
        >
          {/* Its words are those of the control, which are read there. */}
          <Base.Popup ref={popup} className={tip.by === 'keyboard' ? 'tip is-quiet' : 'tip'} aria-hidden="true">
            <TipText {...tip} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** No tip covers the title bar and the call bar, whose controls are needed at any moment. */
const room = { top: 108, right: 8, bottom: 8, left: 8 };

/** What stands in a tip: the name, the key, and on a line of its own what else there is to say. */
export function TipText({ words, keys, note }: Pick<Tip, 'words' | 'keys' | 'note'>) {
  return (
    <>
      <span className="tip-words">
        {words}
        {keys.map((key) => (
          <Kbd key={key} keys={key.replace('Control', 'Ctrl')} />
        ))}
      </span>
      {note ? <span className="tip-note">{note}</span> : null}
    </>
  );
}

/** As wide as the control, and down to the end of all that tips must not cover. */
function belowAll(control: Element) {
  return {
    contextElement: control,
    getBoundingClientRect() {
      const { left, top, width } = control.getBoundingClientRect();
      const ends = [...document.querySelectorAll('[data-tips="below"]')].map((each) => each.getBoundingClientRect().bottom);
      return new DOMRect(left, top, width, Math.max(...ends) - top);
    },
  };
}
