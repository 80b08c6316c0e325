import { X } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { IconButton } from './Button.tsx';
import { Dot } from './Chip.tsx';
import type { Tone } from './tone.ts';
import './toast.css';

export interface ToastProps {
  readonly tone: Tone;
  readonly title: string;
  readonly text?: string | undefined;
  /** What is told at length, and what can be done about it. */
  readonly children?: ReactNode;
  readonly closeLabel: string;
  readonly onClose: () => void;
  /** Goes by itself after so long; a failure the agent must see stays. */
  readonly lastsMs?: number | null;
}

/** Something that happened without the agent doing it. Never takes the focus. */
export function Toast({ tone, title, text, children, closeLabel, onClose, lastsMs = 8_000 }: ToastProps) {
  useEffect(() => {
    if (lastsMs === null) return;
    const timer = setTimeout(onClose, lastsMs);
    return () => clearTimeout(timer);
  }, [lastsMs, onClose]);
  return (
    <div className="toast" role="status">
      <span className="toast-dot">
        <Dot tone={tone} />
      </span>
      <div className="grow">
        <p className="medium">{title}</p>
        {text ? <p className="small text-2">{text}</p> : null}
        {children}
      </div>
      <IconButton icon={X} label={closeLabel} onClick={onClose} />
    </div>
  );
}

/** Where toasts stand: over the foot of the work list, never over the call bar, what is being written, or the record. */
export function ToastStack({ children }: { readonly children: ReactNode }) {
  return <div className="toast-stack">{children}</div>;
}
