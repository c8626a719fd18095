// A small PNG writer on Node's own zlib, for 8-bit RGB.
import { deflateSync } from 'node:zlib';

const crcTable = Int32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

function chunk(type, body) {
  const bytes = Buffer.alloc(body.length + 12);
  bytes.writeUInt32BE(body.length, 0);
  bytes.write(type, 4, 'latin1');
  body.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), body.length + 8);
  return bytes;
}

// Filter 4, "Paeth": each byte is stored as its difference from the best of three neighbours.
function filtered(width, height, rgb) {
  const stride = width * 3;
  const out = Buffer.alloc((stride + 1) * height);
  for (let y = 0, to = 0; y < height; y++) {
    out[to++] = 4;
    for (let x = 0, at = y * stride; x < stride; x++, at++) {
      const left = x < 3 ? 0 : rgb[at - 3];
      const up = y === 0 ? 0 : rgb[at - stride];
      const corner = x < 3 || y === 0 ? 0 : rgb[at - stride - 3];
      const byLeft = Math.abs(up - corner);
      const byUp = Math.abs(left - corner);
      const byCorner = Math.abs(left + up - 2 * corner);
      const guess = byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
      out[to++] = rgb[at] - guess;
    }
  }
  return out;
}

export function encodePng(width, height, rgb) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8); // 8 bits a channel, RGB
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('sRGB', Buffer.from([0])),
    chunk('IDAT', deflateSync(filtered(width, height, rgb), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
