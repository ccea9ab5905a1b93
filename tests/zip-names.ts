import { readFileSync } from 'node:fs';

const CENTRAL_ENTRY = 0x02014b50;

/** The names in a zip's central directory (APPNOTE.TXT, 4.3.12). */
export function namesInZip(path: string): readonly string[] {
  const bytes = readFileSync(path);
  const names: string[] = [];
  for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 46)) {
    if (bytes.readUInt32LE(at) !== CENTRAL_ENTRY) continue;
    names.push(bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28)));
  }
  return names;
}
