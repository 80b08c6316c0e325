import { shortcutText } from './action.ts';
import './kbd.css';

/** A key, printed on the control it drives. Hidden from screen readers, which hear `aria-keyshortcuts`. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className="kbd" aria-hidden="true">
      {shortcutText(keys)}
    </span>
  );
}
