import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import './empty-state.css';

/** Nothing here, and what to do next. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  readonly icon?: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="empty-state">
      {Icon ? (
        <span className="empty-state-icon">
          <Icon className="icon icon-large" aria-hidden="true" />
        </span>
      ) : null}
      <p className="empty-state-title">{title}</p>
      {children ? <div className="text-2 empty-state-text">{children}</div> : null}
      {action ? <div className="empty-state-action">{action}</div> : null}
    </div>
  );
}
