// From light to a picture: a little glow around what is bright, tone mapping, sRGB.

// A smooth curve from any light to 0..1 (the ACES look, in Krzysztof Narkowicz's short form).
function tone(x) {
  x *= 0.8;
  return Math.min(1, Math.max(0, (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)));
}

function encoded(c) {
  return c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055;
}

// About how bright the eye will find it, 0..1.
export function luminance(light, at) {
  return Math.sqrt(tone(0.25 * light[at] + 0.6 * light[at + 1] + 0.15 * light[at + 2]));
}

// Blurs rows, then columns, three times each: close to a Gaussian.
function blur(image, width, height, radius) {
  const other = new Float32Array(image.length);
  const pass = (from, to, length, step, lines, lineStep) => {
    for (let line = 0; line < lines; line++) {
      for (let k = 0; k < 3; k++) {
        const base = line * lineStep + k;
        const value = (n) => from[base + Math.min(length - 1, Math.max(0, n)) * step];
        let sum = 0;
        for (let n = -radius; n <= radius; n++) sum += value(n);
        for (let n = 0; n < length; n++) {
          to[base + n * step] = sum / (2 * radius + 1);
          sum += value(n + radius + 1) - value(n - radius);
        }
      }
    }
  };
  for (let round = 0; round < 3; round++) {
    pass(image, other, width, 3, height, width * 3);
    pass(other, image, height, width * 3, width, 3);
  }
}

// What is brighter than white, spread out, on a picture a quarter as wide.
function glow(light, width, height) {
  const w = Math.ceil(width / 4);
  const h = Math.ceil(height / 4);
  const small = new Float32Array(w * h * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = ((y >> 2) * w + (x >> 2)) * 3;
      const from = (y * width + x) * 3;
      for (let k = 0; k < 3; k++) small[to + k] += Math.max(0, Math.min(6, light[from + k]) - 0.9) / 16;
    }
  }
  const wide = Float32Array.from(small);
  blur(small, w, h, Math.max(1, Math.round(width / 320)));
  blur(wide, w, h, Math.max(2, Math.round(width / 70)));
  for (let n = 0; n < small.length; n++) small[n] = 0.16 * small[n] + 0.16 * wide[n];
  return { small, w, h };
}

export function develop(light, width, height) {
  const { small, w, h } = glow(light, width, height);
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    const gy = Math.min(h - 1, Math.max(0, (y - 1.5) / 4));
    const y0 = Math.floor(gy);
    const y1 = Math.min(h - 1, y0 + 1);
    for (let x = 0; x < width; x++) {
      const gx = Math.min(w - 1, Math.max(0, (x - 1.5) / 4));
      const x0 = Math.floor(gx);
      const x1 = Math.min(w - 1, x0 + 1);
      const dx = (x + 0.5) / width - 0.5;
      const dy = (y + 0.5) / height - 0.5;
      const shade = 1 - 0.9 * (dx * dx + dy * dy); // corners a little darker, as through a lens
      const at = (y * width + x) * 3;
      for (let k = 0; k < 3; k++) {
        const top = small[(y0 * w + x0) * 3 + k] * (1 - gx + x0) + small[(y0 * w + x1) * 3 + k] * (gx - x0);
        const low = small[(y1 * w + x0) * 3 + k] * (1 - gx + x0) + small[(y1 * w + x1) * 3 + k] * (gx - x0);
        const halo = top * (1 - gy + y0) + low * (gy - y0);
        // A fixed pattern of half steps hides the steps of 8-bit colour in soft gradients.
        const dither = ((((x & 1) * 2) ^ ((y & 1) * 3)) + 0.5) / 4 - 0.5;
        rgb[at + k] = Math.max(
          0,
          Math.min(255, 255 * encoded(tone((light[at + k] + halo) * shade)) + 0.5 + dither),
        );
      }
    }
  }
  return rgb;
}
