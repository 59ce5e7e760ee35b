/** Line icons on a 24 px grid; decorative, so hidden from screen readers: their buttons carry the words. */
const paths = {
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4 12l16-8-6 16-2.5-6.5z',
  clip: 'M20 11l-8.5 8.500a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.700L9.2 17.200a1.7 1.7 0 0 1-2.4-2.400L14.5 7',
  pin: 'M12 21s7-6.2 7-11.500a7 7 0 0 0-14 0C5 14.8 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  sound:
    'M4 9.500v5h3.500L12 18.500v-13L7.5 9.500zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11',
  mute: 'M4 9.500v5h3.500L12 18.500v-13L7.5 9.500zM16 9.500l5 5M21 9.500l-5 5',
  file: 'M7 3h7l5 5v13H7zM14 3v5h5',
  down: 'M12 5v14M6 13l6 6 6-6',
  clock: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  tick: 'M5 13l4.5 4.500L19 7',
  ticks: 'M2 13l4.5 4.500L15 7.500M11 16l1.5 1.500L22 7',
  alert: 'M12 8v5M12 16.500v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  phone:
    'M6.5 3.500l3 .5 1.5 4-2 1.800a12 12 0 0 0 5.200 5.200l1.800-2 4 1.500.5 3a2 2 0 0 1-2 2C10.500 19.500 4.500 13.500 4.500 5.500a2 2 0 0 1 2-2z',
  hangup: 'M3 14.500c5-5 13-5 18 0l-2 3-4-1.500v-2.500a11 11 0 0 0-6 0V16l-4 1.500z',
  mic: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v4',
  micOff:
    'M9 9v2a3 3 0 0 0 4.500 2.600M15 11V6a3 3 0 0 0-5.800-1M6 11a6 6 0 0 0 9 5.200M12 17v4M4 3l16 18',
  keys: 'M6 6v.01M12 6v.01M18 6v.01M6 12v.01M12 12v.01M18 12v.01M6 18v.01M12 18v.01M18 18v.01',
} as const

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg
      class={`icon icon-${name}`}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}

/** One road to the mountains: the mark of 一路. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 40 40" aria-hidden="true">
      <circle cx="20" cy="20" r="20" fill="#fffaf0" />
      <circle cx="27" cy="13" r="4" fill="#c8371f" />
      <path d="M5 24l8-9 6 6 5-5 11 10a16 16 0 0 1-30 0z" fill="#0f766e" />
      <path
        d="M17 35c8-3-5-5 2-8s2-4 1-5"
        fill="none"
        stroke="#fffaf0"
        stroke-width="2.5"
        stroke-linecap="round"
      />
    </svg>
  )
}
