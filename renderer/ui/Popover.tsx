import { Popover as Base } from '@base-ui/react/popover';
import { type ReactElement, type ReactNode, type RefObject, useRef } from 'react';
import { useThere } from './use-there.ts';
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
  /** Whose control is in the title bar: it opens below the call bar. */
  readonly isInTitleBar?: boolean;
}

/** It never covers the title bar and the call bar, whose controls are needed at any moment. */
const room = { top: 112, right: 8, bottom: 8, left: 8 };
/** From the lower edge of a control in the title bar. */
const belowCallBar = 76;

export function Popover({ title, children, trigger, anchor, isOpen, onOpenChange, align = 'center', isInTitleBar = false }: PopoverProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // What has its own control is always there; that control is drawn by it.
  const { isThere, onOpenChangeComplete } = useThere(isOpen ?? true);
  if (!isThere && !trigger) return null;
  return (
    <Base.Root {...(isOpen === undefined ? {} : { open: isOpen, onOpenChangeComplete })} {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger ? <Base.Trigger render={trigger} /> : null}
      <Base.Portal>
        <Base.Positioner
          className="floating-place"
          align={align}
          sideOffset={isInTitleBar ? belowCallBar : 6}
          collisionPadding={room}
          {...(anchor ? { anchor } : {})}
        >
          {/* What tells begins with its title: a key pressed twice does not press what is in it. */}
          <Base.Popup className="floating popover" {...(isInTitleBar ? { initialFocus: heading } : {})}>
            <Base.Title className="popover-title" ref={heading} {...(isInTitleBar ? { tabIndex: -1 } : {})}>
              {title}
            </Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
