import { useMemo } from 'react'
import { encode } from 'uqr'
import './QrCode.css'

/** A QR code as one path, dark on white in both themes: cameras need it. */
export function QrCode({ text, label, large }: { text: string; label: string; large?: boolean }) {
  const { size, path } = useMemo(() => {
    const code = encode(text, { ecc: 'M', border: 2 })
    const dots = code.data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    return { size: code.size, path: dots.join('') }
  }, [text])
  return (
    <div className={large ? 'qr qr--large' : 'qr'} role="img" aria-label={label}>
      <svg viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" aria-hidden="true">
        <path d={path} />
      </svg>
    </div>
  )
}
