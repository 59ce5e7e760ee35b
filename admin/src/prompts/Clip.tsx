import { useEffect, useState } from 'react'

/** A sound that is still here in the browser, to be listened to. */
export function Clip({ of, label, autoPlay }: { of: Blob; label: string; autoPlay?: boolean }) {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(of)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [of])
  return url ? (
    <audio className="clip" controls autoPlay={autoPlay ?? false} src={url} aria-label={label} />
  ) : null
}
