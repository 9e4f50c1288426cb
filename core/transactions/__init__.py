"""What the supervision is to be told of charges: facts that wait in the station's memory until then."""
