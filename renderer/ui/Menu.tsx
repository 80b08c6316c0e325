import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { ariaShortcut } from './action.ts';
import { Kbd } from './Kbd.tsx';
import './floating.css';

export interface MenuProps {
  /** The control that opens it. */
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'top' | 'right' | 'bottom';
}

export function Menu({ trigger, children, align = 'start', side = 'bottom' }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="floating-place" align={align} side={side} sideOffset={6} collisionPadding={8}>
          <Base.Popup className="floating menu" onKeyDown={chooseByDigit}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** The entry that has the digit, wherever in the menu the keyboard is. */
function chooseByDigit({ key, ctrlKey, altKey, metaKey, currentTarget }: KeyboardEvent<HTMLElement>) {
  if (ctrlKey || altKey || metaKey || !/^[1-9]$/.test(key)) return;
  currentTarget.querySelector<HTMLElement>(`[aria-keyshortcuts="${key}"]:not([aria-disabled="true"])`)?.click();
}

export interface MenuItemProps {
  readonly label: ReactNode;
  readonly before?: ReactNode;
  /** That of its action, or a digit that chooses it while the menu is open. */
  readonly shortcut?: string | null;
  readonly isChosen?: boolean;
  readonly isOff?: boolean;
  readonly onChoose: () => void;
}

export function MenuItem({ label, before, shortcut, isChosen, isOff = false, onChoose }: MenuItemProps) {
  return (
    <Base.Item className="menu-item" disabled={isOff} onClick={onChoose} aria-keyshortcuts={shortcut ? ariaShortcut(shortcut) : undefined}>
      {before}
      <span className="grow">{label}</span>
      {shortcut ? <Kbd keys={shortcut} /> : null}
      {isChosen ? <Check className="icon icon-small tone-accent" aria-hidden="true" /> : null}
    </Base.Item>
  );
}

export function MenuGroup({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Base.Group className="menu-group">
      <Base.GroupLabel className="menu-label">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}

export interface MenuChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  /** Why nothing else can be chosen; absent where it can. */
  readonly fixed?: string | undefined;
}

/** One of several, as radio items. */
export function MenuChoice<Value extends string>({ label, value, choices, onChange, fixed }: MenuChoiceProps<Value>) {
  return (
    <Base.Group className="menu-group">
      <Base.GroupLabel className="menu-label">{fixed === undefined ? label : `${label} · ${fixed}`}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next: Value) => onChange(next)}>
        {choices.map((choice) => (
          <Base.RadioItem key={choice.value} value={choice.value} disabled={fixed !== undefined} className="menu-item" closeOnClick>
            <span className="grow">{choice.label}</span>
            <Base.RadioItemIndicator>
              <Check className="icon icon-small tone-accent" aria-hidden="true" />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}
