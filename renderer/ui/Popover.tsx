import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode, RefObject } from 'react';
import './floating.css';

export interface PopoverProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Either a control that opens it, or `anchor` with `isOpen` when something else decides. */
  readonly trigger?: ReactElement;
  readonly anchor?: RefObject<HTMLElement | null>;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly align?: 'start' | 'center' | 'end';
}

/** It never covers the title bar and the call bar, whose controls are needed at any moment. */
const room = { top: 112, right: 8, bottom: 8, left: 8 };

export function Popover({ title, children, trigger, anchor, isOpen, onOpenChange, align = 'center' }: PopoverProps) {
  return (
    <Base.Root {...(isOpen === undefined ? {} : { open: isOpen })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger ? <Base.Trigger render={trigger} /> : null}
      <Base.Portal>
        <Base.Positioner className="floating-place" align={align} sideOffset={6} collisionPadding={room} {...(anchor ? { anchor } : {})}>
          <Base.Popup className="floating popover">
            <Base.Title className="popover-title">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
