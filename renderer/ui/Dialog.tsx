import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';
import { classes } from './tone.ts';
import { useThere } from './use-there.ts';
import './floating.css';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  /** The palette shows no title of its own; screen readers still hear one. */
  readonly isTitleHidden?: boolean;
  /** For lists that are read line by line. */
  readonly isWide?: boolean;
  /** As large as the window lets it be, for what is looked at. */
  readonly isLarge?: boolean;
  /** What has the keyboard at first; otherwise the first that can. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
}

/** Stands below the call bar, and so does its shade: no dialog ever covers the call controls. */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  footer,
  isTitleHidden = false,
  isWide = false,
  isLarge = false,
  initialFocus,
}: DialogProps) {
  const { isThere, onOpenChangeComplete } = useThere(isOpen);
  if (!isThere) return null;
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => open || onClose()} onOpenChangeComplete={onOpenChangeComplete} modal="trap-focus">
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Popup className={classes('floating dialog', isWide && 'dialog-wide', isLarge && 'dialog-large')} initialFocus={initialFocus}>
          <Base.Title className={classes(isTitleHidden ? 'sr-only' : 'dialog-title')}>{title}</Base.Title>
          {children}
          {footer ? <div className="dialog-footer">{footer}</div> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
