import { type MarkupBlock, type MarkupPiece, readMarkup } from '../../../shared/article-markup.ts';
import './article-text.css';

export interface ArticleTextProps {
  readonly text: string;
  readonly language: 'en' | 'zh';
  /** What an article that is referred to is called; undefined: there is none, and the number stands as text. */
  titleOf(number: string): string | undefined;
  onOpen(number: string): void;
}

/** The text of an article as elements. */
export function ArticleText({ text, language, titleOf, onOpen }: ArticleTextProps) {
  const pieces = (all: readonly MarkupPiece[]) =>
    all.map((piece, at) => {
      if (piece.kind === 'text') return piece.text;
      const title = titleOf(piece.number);
      if (title === undefined) return piece.number;
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name, and never change their places.
        <button key={at} type="button" className="article-link" title={title} onClick={() => onOpen(piece.number)}>
          {piece.number}
        </button>
      );
    });
  return (
    <div className="article-text" lang={language}>
      {readMarkup(text).map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name, and never change their places.
        <Block key={at} block={block} pieces={pieces} />
      ))}
    </div>
  );
}

function Block({ block, pieces }: { readonly block: MarkupBlock; pieces(all: readonly MarkupPiece[]): React.ReactNode }) {
  switch (block.kind) {
    case 'heading':
      return <h4>{pieces(block.pieces)}</h4>;
    case 'paragraph':
      return <p>{pieces(block.pieces)}</p>;
    case 'points':
    case 'steps': {
      const List = block.kind === 'points' ? 'ul' : 'ol';
      return (
        <List>
          {block.items.map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no other name, and never change their places.
            <li key={at}>{pieces(item)}</li>
          ))}
        </List>
      );
    }
  }
}
