"""Progress on a terminal: which step runs and how far it came."""

from tqdm import tqdm


class Bar:
    """A progress bar that shows which step runs and how far it came."""

    def __init__(self) -> None:
        self.bar: tqdm | None = None
        self.step = ""

    def __call__(self, step: str, share: float) -> None:
        if step != self.step:
            self.close()
            self.step = step
            self.bar = tqdm(total=100, desc=step, bar_format="{desc} {bar} {n:.0f}% {elapsed}")
        if self.bar:
            self.bar.update(max(0.0, 100 * share - self.bar.n))

    def close(self) -> None:
        """Finish the bar that stands open."""
        if self.bar:
            self.bar.update(100 - self.bar.n)
            self.bar.close()
        self.bar = None
