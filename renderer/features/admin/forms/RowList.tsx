import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, classes, IconButton } from '../../../ui/index.ts';

export interface RowListProps<Row> {
  readonly rows: readonly Row[];
  put(rows: readonly Row[]): void;
  readonly isReadOnly: boolean;
  /** Of the field that the list is. */
  readonly id: string;
  /** What is wrong with the list as a whole. */
  readonly mistake: string | null;
  fieldsOf(row: Row, at: number): ReactNode;
  removeLabel(row: Row): string;
  readonly add: { readonly label: string; readonly row: Row };
  readonly rowClass?: string;
  /** Said where no more rows may be added. */
  readonly full?: string | null;
}

/** A list that is typed row by row: each row can go, and one more can come at its end. */
export function RowList<Row>(props: RowListProps<Row>) {
  const { rows, put, isReadOnly, id, mistake, fieldsOf, removeLabel, add, rowClass, full = null } = props;
  return (
    <>
      <ul className="is-wide admin-typed-rows" id={id} aria-describedby={mistake ? `${id}-mistake` : undefined}>
        {rows.map((row, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row being typed is its place in the list.
          <li key={n} className={classes('admin-typed-row', rowClass)}>
            {fieldsOf(row, n)}
            {isReadOnly ? null : (
              <IconButton icon={Trash2} label={removeLabel(row)} onClick={() => put(rows.filter((_each, at) => at !== n))} />
            )}
          </li>
        ))}
      </ul>
      {mistake ? (
        <p id={`${id}-mistake`} className="field-problem small">
          {mistake}
        </p>
      ) : null}
      {isReadOnly ? null : (
        <div className="row is-wide">
          <Button size="small" icon={Plus} disabled={full !== null} onClick={() => put([...rows, add.row])}>
            {add.label}
          </Button>
          {full === null ? null : <span className="small text-3">{full}</span>}
        </div>
      )}
    </>
  );
}
