/** Every part in every state. */
export function Gallery() {
  return null;
}
