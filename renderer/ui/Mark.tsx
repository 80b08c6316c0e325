/** The product's mark: two lines that meet. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 20 20" aria-hidden="true">
      <rect width="20" height="20" rx="5" />
      <path d="M4 6.5h2.8c3 0 3.4 7 6.4 7H16M4 13.5h2.8c1.2 0 2-1.1 2.7-2.5M10.5 9c.7-1.4 1.5-2.5 2.7-2.5H16" />
    </svg>
  );
}
