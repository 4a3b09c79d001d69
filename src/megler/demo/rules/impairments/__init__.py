"""What the fictional carriers ask and rate: conditions, habits, finances, knock-outs."""
