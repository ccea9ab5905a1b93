/** Under which name an id of a file system is reserved. */
export function idOwner({ family, share }: { readonly family: string; readonly share?: string }): string {
  return share === undefined ? `family ${family}` : `share ${share}`;
}
